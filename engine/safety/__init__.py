"""Safety checks. So far only retrieved text: data, never an instruction."""
