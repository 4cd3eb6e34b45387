const secondsOf = { s: 1, m: 60, h: 3600 } as const;

/** The seconds in `90s`, `45m` or `2h`, as the schema lets them through. */
export function secondsIn(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof secondsOf;
  return Number(duration.slice(0, -1)) * secondsOf[unit];
}
