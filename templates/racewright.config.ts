import { defineConfig } from 'racewright';

export default defineConfig({
  // Files, directories and patterns: `racewright check` means the scenarios in them.
  scenarios: ['scenarios'],
  check: {
    // Seconds for the search of one point.
    maxTime: 60,
    // A property that holds because nothing happens is no good news.
    require: ['no-vacuity'],
  },
});
