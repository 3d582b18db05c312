"""Who may act, what they may see, what they did."""
