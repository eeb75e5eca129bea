import { type RequestName, requestNames, requests } from './requests.ts';

/** Every unordered pair of requests, a request with itself too, in the order of the matrix. */
export const allPairs: readonly (readonly [RequestName, RequestName])[] = requestNames.flatMap(
  (one, i) => requestNames.slice(i).map((other) => [one, other] as const),
);

/** The other request without which a request does nothing; a pair that lacks it is no question. */
export function lacksPartner(one: RequestName, other: RequestName): string | undefined {
  for (const [name, partner] of [
    [one, other],
    [other, one],
  ] as const) {
    const { only } = requests[name];
    if (only !== undefined && only !== partner) return `${name} is asked beside ${only} only`;
  }
  return undefined;
}
