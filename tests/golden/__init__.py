"""Files written by released versions, and what made them."""
