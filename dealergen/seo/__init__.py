"""What search engines and hosts read: titles, structured data, sitemaps, robots, redirects and headers."""
