"""What runs, and in which order. All input and output of Nightdesk lives in this package."""
