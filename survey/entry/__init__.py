"""Ratings given at the desk: kiosk, with an officer's help, on paper."""
