"""Open311 GeoReport v2: what clients written for other cities speak."""
