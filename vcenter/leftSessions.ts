import type { VCenterConnection } from "./options";
import type { LeftSessions } from "./sessions";

/**
 * Says that sessions may still be open, whose, where and why, and how they end; undefined when there are none.
 *
 * @param left what closing could not end, one part for each interface
 */
export function leftSessionsText(
  { server, user }: Pick<VCenterConnection, "server" | "user">,
  userAgent: string,
  left: readonly LeftSessions[],
): string | undefined {
  const errors = left.flatMap((part) => part.errors);
  const lost = left.reduce((sum, { lostLogins }) => sum + lostLogins, 0);
  const count = errors.length + lost;
  if (count === 0) return undefined;
  const reasons = [
    ...new Set(errors.map(({ operation, answer }) => `${operation}: ${answer}`)),
    ...(lost === 0
      ? []
      : [lost === 1 ? "the answer to a login was lost" : "answers to logins were lost"]),
  ];
  const sessions = count === 1 ? "a session" : `${count} sessions`;
  const they = count === 1 ? "it ends by itself" : "they end by themselves";
  return (
    `${server}: ${sessions} of ${user} may have stayed open (${reasons.join("; ")}): ${they} after 30 idle minutes; to be ` +
    `quicker, end what begins with ${userAgent} in the list of sessions (vSphere Client: the vCenter, Monitor, Sessions) ` +
    "while no other run is at work"
  );
}
