"""Telling the public: alerts, bulletins, and the outbox that carries them to every channel."""
