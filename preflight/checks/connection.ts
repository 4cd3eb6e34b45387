import type { Check } from "../check";

/** Address, certificate, login and the answers to what was asked: without one of them there are no facts. */
const proved = 4;

/**
 * vCenter can be asked. That it cannot is found before there is anything to look at (`preflight/withoutFacts.ts`), so here
 * it only remains to say what the facts prove.
 */
export const connection: Check = {
  name: "connection",
  run() {
    return { facts: proved, findings: [] };
  },
};
