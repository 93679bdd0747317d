"""Knowledge graphs from Chinese health-administration reports."""
