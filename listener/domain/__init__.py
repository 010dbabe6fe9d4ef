"""What a conversation is: spans, speech, floor, practice, report. Frozen values, no input or output, no clock."""
