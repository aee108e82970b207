"""Signing in with the provider's consent instead of a password (OAuth 2.0, RFC 6749): asked once, kept, refreshed."""
