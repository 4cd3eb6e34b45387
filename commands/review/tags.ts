import { textOf, type Step } from "./events";
import type { Part } from "../../findings/change";
import { joined, line, nothing } from "../../findings/change";
import { say } from "../../findings/words";

/** How a tag is told of. */
interface TagWords {
  /** Where its lines stand in the tree. */
  readonly depth: number;
  /** Whether it gets another name: its description then follows it, and only the tree shows that. */
  readonly isRenamed: boolean;
}

/** What the steps do to the description of a tag. Its name, and that it comes and goes, the region or zone says. */
export function tagChanges(
  name: string,
  steps: readonly Step[],
  { depth, isRenamed }: TagWords,
): Part {
  const step = steps.find(
    ({ type, operation, wanted }) =>
      type === "vsphere:index/tag:Tag" && operation === "update" && wanted?.inputs["name"] === name,
  );
  const [was, is] = [step?.recorded?.outputs ?? {}, step?.wanted?.inputs ?? {}];
  const [text, newText] = [textOf(was["description"]), textOf(is["description"])];
  if (text === newText) return nothing;
  return {
    lines: [line(depth, "~", say`description ${newText}, until now ${text}`)],
    sentences: isRenamed ? [] : [say`the description of ${name} changes`],
    dangers: [],
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
