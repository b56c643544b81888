"""supervisord, which starts its programs at once and not after its first second of waiting. Run by `make run`.

Run as a file, never imported: importing the package would load the application into the supervisor.
"""

from supervisor import supervisord  # type: ignore[import-untyped]  # the library has no types


class Prompt(supervisord.Supervisor):
    """Its loop listens for a second before it looks what is to be started."""

    def runforever(self) -> None:
        """Start what is to be started, then do as ever."""
        for group in sorted(self.process_groups.values()):
            group.transition()
        super().runforever()


if __name__ == "__main__":
    supervisord.Supervisor = Prompt
    supervisord.main()
