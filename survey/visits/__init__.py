"""People who used a service: counted, or given a code to rate once."""
