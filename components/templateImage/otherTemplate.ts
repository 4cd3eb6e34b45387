import type { Part } from "../../findings/change";
import { say } from "../../findings/words";

/**
 * Nodes of a region are cloned from another template than before.
 *
 * @param region its name
 * @param former the template until now, as Deckhouse takes it: relative to the folder of the datacenter's virtual machines
 * @param template the one from now on
 */
export function otherTemplate(region: string, former: string, template: string): Part {
  const words = say`nodes of region ${region} are cloned from ${template}`;
  const sentence = say`${words}, until now ${former}`;
  return {
    lines: [{ depth: 0, mark: "~", words: sentence }],
    sentences: [sentence],
    dangers: [{ kind: "otherTemplate", words }],
  };
}
