"""For those who look over shoulders: what stands out, and whether the chain of events is whole."""
