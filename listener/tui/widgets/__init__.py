"""What several screens show: dialogs, bars, rows."""
