"""What happens when a learner asks: session, policy, prompt, conversation."""
