import { textOf, type Step } from "./events";
import type { Part } from "../../findings/change";
import { joined, line, nothing } from "../../findings/change";
import { say } from "../../findings/words";

/** What the steps do to one tag beside making and deleting it, which the zone's own mark says. */
export function tagChanges(name: string, steps: readonly Step[], depth: number): Part {
  const step = steps.find(
    ({ type, operation, wanted }) =>
      type === "vsphere:index/tag:Tag" && operation === "update" && wanted?.inputs["name"] === name,
  );
  if (step === undefined) return nothing;
  const [was, is] = [step.recorded?.outputs ?? {}, step.wanted?.inputs ?? {}];
  const former = textOf(was["name"]);
  const [text, newText] = [textOf(was["description"]), textOf(is["description"])];
  return {
    lines: [
      ...(former === name ? [] : [line(depth, "~", say`named ${name}, until now ${former}`)]),
      ...(text === newText
        ? []
        : [line(depth, "~", say`description ${newText}, until now ${text}`)]),
    ],
    sentences: [
      ...(former === name ? [] : [say`${former} is renamed to ${name}`]),
      ...(text === newText ? [] : [say`the description of ${name} changes`]),
    ],
    dangers:
      former === name ? [] : [{ kind: "zoneRenamed", words: say`${former} becomes ${name}` }],
  };
}

/** What changes of the two categories. */
export function categoryChanges(steps: readonly Step[]): Part {
  const told = steps
    .filter(({ type }) => type === "vsphere:index/tagCategory:TagCategory")
    .flatMap(({ operation, recorded, wanted }): Part[] => {
      const [was, is] = [recorded?.outputs ?? {}, wanted?.inputs ?? {}];
      const name = textOf(is["name"]) || textOf(was["name"]);
      if (recorded === undefined) {
        const words = say`category ${name}`;
        return [{ lines: [line(0, "+", words)], sentences: [say`${words} is made`], dangers: [] }];
      }
      if (operation === "delete" || operation === "replace") {
        const words = say`category ${name} is ${operation === "delete" ? [{ text: "deleted" }] : [{ text: "replaced" }]}`;
        return [
          {
            lines: [line(0, operation === "delete" ? "-" : "~", say`category ${name}`)],
            sentences: [words],
            dangers: [{ kind: operation === "delete" ? "deletion" : "replacement", words }],
          },
        ];
      }
      const changed = ["name", "description"].filter((key) => was[key] !== is[key]);
      if (changed.length === 0) return [];
      return [
        {
          lines: [
            line(0, "~", say`category ${name}`),
            ...changed.map((key) =>
              line(
                1,
                "~",
                say`${[{ text: key }]} ${textOf(is[key])}, until now ${textOf(was[key])}`,
              ),
            ),
          ],
          sentences: [say`the ${[{ text: changed.join(" and ") }]} of category ${name} changes`],
          dangers: [],
        },
      ];
    });
  return joined(told);
}
