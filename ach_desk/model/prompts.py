"""Questions to put to one's own conclusion: what if it is wrong, and how it came about. Questions, never warnings."""

from __future__ import annotations

from ach_desk.i18n import _


def prompts() -> dict[str, str]:
    """Return key -> question, in the order in which they are asked; the keys are what a file holds."""
    return {
        "premortem": _("Suppose a year has passed and this conclusion has turned out wrong. What happened?"),
        "advocate": _("What would the best advocate of the hypothesis that you call least likely say?"),
        "first": _("Which hypothesis did you lean to before you rated the first item? What has changed since?"),
        "wish": _("Which answer would suit you, or whoever asked? Would you ask as much of evidence for that one?"),
        "vivid": _("Which item comes to mind first? Would it weigh as much as one line of a table?"),
        "absent": _("What did you not look for, because you did not expect to find it?"),
        "mirror": _("Do the motives you assume make sense to those who act, or to you in their place?"),
        "others": _("Who sees it differently, and what do they see that you do not?"),
    }
