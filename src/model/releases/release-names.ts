/**
 * The releases that have presets, oldest first. Numbers of the projects: nova 14 and cinder 9 are
 * Newton.
 */
export const releaseNames = [
  'newton',
  'ocata',
  'pike',
  'queens',
  'rocky',
  'stein',
  'train',
  'ussuri',
  'victoria',
  'wallaby',
  'xena',
  'yoga',
  'zed',
  '2023.1',
  '2023.2',
  '2024.1',
  '2024.2',
  '2025.1',
  '2025.2',
  '2026.1',
] as const;

export type ReleaseName = (typeof releaseNames)[number];

/** The newest release, which the texts call "today". */
export const newestRelease = '2026.1' satisfies ReleaseName;

/** The repositories of OpenStack whose changes the history holds. */
export type Repository = 'nova' | 'cinder' | 'os-brick';

/**
 * The first version of each repository in the series of a release. os-brick has none for a release:
 * it is the tag at which the stable branch leaves master.
 */
export const firstVersions: {
  readonly [release in ReleaseName]: { readonly [repository in Repository]: string };
} = {
  newton: { nova: '14.0.0', cinder: '9.0.0', 'os-brick': '1.6.0' },
  ocata: { nova: '15.0.0', cinder: '10.0.0', 'os-brick': '1.11.0' },
  pike: { nova: '16.0.0', cinder: '11.0.0', 'os-brick': '1.15.1' },
  queens: { nova: '17.0.0', cinder: '12.0.0', 'os-brick': '2.3.0' },
  rocky: { nova: '18.0.0', cinder: '13.0.0', 'os-brick': '2.5.3' },
  stein: { nova: '19.0.0', cinder: '14.0.0', 'os-brick': '2.8.1' },
  train: { nova: '20.0.0', cinder: '15.0.0', 'os-brick': '2.10.0' },
  ussuri: { nova: '21.0.0', cinder: '16.0.0', 'os-brick': '3.0.1' },
  victoria: { nova: '22.0.0', cinder: '17.0.0', 'os-brick': '4.0.0' },
  wallaby: { nova: '23.0.0', cinder: '18.0.0', 'os-brick': '4.3.0' },
  xena: { nova: '24.0.0', cinder: '19.0.0', 'os-brick': '5.0.0' },
  yoga: { nova: '25.0.0', cinder: '20.0.0', 'os-brick': '5.2.0' },
  zed: { nova: '26.0.0', cinder: '21.0.0', 'os-brick': '6.1.0' },
  '2023.1': { nova: '27.0.0', cinder: '22.0.0', 'os-brick': '6.2.0' },
  '2023.2': { nova: '28.0.0', cinder: '23.0.0', 'os-brick': '6.4.0' },
  '2024.1': { nova: '29.0.0', cinder: '24.0.0', 'os-brick': '6.7.0' },
  '2024.2': { nova: '30.0.0', cinder: '25.0.0', 'os-brick': '6.9.0' },
  '2025.1': { nova: '31.0.0', cinder: '26.0.0', 'os-brick': '6.11.0' },
  '2025.2': { nova: '32.0.0', cinder: '27.0.0', 'os-brick': '6.13.0' },
  '2026.1': { nova: '33.0.0', cinder: '28.0.0', 'os-brick': '7.0.0' },
};
