"""The sheet that the marked copy puts in front, so that it is known again when the copy comes back."""

OURS = "检查结果 · 烽火"
SUMMARY = "检查结果"
