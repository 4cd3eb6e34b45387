/** The longest wait that the client chooses by itself; a longer Retry-After is honoured. */
const longestBackoffMilliseconds = 10_000;

/**
 * The wait before the next attempt, in milliseconds: doubled for each attempt made, less up to half by
 * chance, so that many clients that failed together do not come back together.
 * @param attemptsMade at least 1
 * @param random between 0 and 1
 */
export function backoffDelay(
  baseMilliseconds: number,
  attemptsMade: number,
  random: number,
): number {
  const full = Math.min(baseMilliseconds * 2 ** (attemptsMade - 1), longestBackoffMilliseconds);
  return Math.round(full * (1 - random / 2));
}

/**
 * Milliseconds asked for by a Retry-After header (seconds or an HTTP date, RFC 9110 section 10.2.3);
 * undefined when there is none or it cannot be read.
 */
export function retryAfterMilliseconds(
  header: string | undefined,
  now: number,
): number | undefined {
  const value = header?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
