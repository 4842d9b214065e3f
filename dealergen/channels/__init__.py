"""Everything published that is not the site (feeds, social posts, e-mails, ads) will live here; nothing does yet."""
