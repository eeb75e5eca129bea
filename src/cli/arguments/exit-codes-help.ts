export const exitCodesHelp = `
Exit code: 0 as the scenario expects (or holds, where it expects nothing)
           1 not as expected (or violated, where it expects nothing), whatever else went wrong
           2 wrong usage, a broken model, or an output that was cut
           3 undecided: a bound was hit, no memory was left, or Ctrl-C`;
