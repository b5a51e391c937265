"""The channels that carry what is published to the world outside."""
