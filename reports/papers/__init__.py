"""Papers of a conference: minutes and the notice of its conclusions."""
