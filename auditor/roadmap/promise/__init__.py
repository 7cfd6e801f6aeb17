"""One promise's sentence: its figures, what each figure is (goal, baseline, condition), and the comparator."""
