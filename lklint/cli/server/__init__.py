"""What every command that talks to a server shares: options, connection, questions, output."""
