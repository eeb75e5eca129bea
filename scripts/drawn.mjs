/** Up to `most` of the items, drawn by a seed (a linear congruential generator). */
export function drawn(items, most, seed) {
  let state = seed;
  const rest = [...items];
  const found = [];
  while (found.length < most && rest.length > 0) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    found.push(...rest.splice(Math.floor((state / 2_147_483_648) * rest.length), 1));
  }
  return found;
}
