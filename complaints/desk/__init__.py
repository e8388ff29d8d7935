"""The desk of Seksi Trantib: the inbox, one report and what is done with it, prints, settings of the desk."""
