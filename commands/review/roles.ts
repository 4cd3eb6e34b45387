import { textOf, textsOf, type Bag, type Step } from "./events";
import type { Danger, Line, Part } from "./model";
import { joined, nothing } from "./parts";
import { counted, say, type Words } from "./words";

/** What changes of roles: their privileges are a set, whatever order vCenter and the state have them in. */
export function roleChanges(steps: readonly Step[]): Part {
  return joined(
    steps.filter(({ type }) => type === "vsphere:index/role:Role").map((step) => roleChange(step)),
  );
}

function roleChange({ operation, recorded, wanted }: Step): Part {
  const [was, is] = [recorded?.outputs ?? {}, wanted?.inputs ?? {}];
  const name = textOf(is["name"]) || textOf(was["name"]);
  const [before, after] = [privilegesOf(was), privilegesOf(is)];
  const role = say`role ${name}`;
  if (operation === "delete") {
    const words = say`${role} is deleted`;
    return {
      lines: [{ depth: 0, mark: "-", words: role }],
      sentences: [words],
      dangers: [{ kind: "roleDeleted", words }],
    };
  }
  if (recorded === undefined) {
    const words = say`${role} with ${counted(after.size, "privilege")}`;
    return {
      lines: [{ depth: 0, mark: "+", words }],
      sentences: [say`${words} is made`],
      dangers: [],
    };
  }
  const gained = [...after].filter((id) => !before.has(id)).sort();
  const lost = [...before].filter((id) => !after.has(id)).sort();
  const former = textOf(was["name"]);
  const isRenamed = former !== name;
  if (gained.length === 0 && lost.length === 0 && !isRenamed) return nothing;
  const change = privilegeWords(gained, lost);
  const list = (mark: "+" | "-", ids: readonly string[]): Line[] =>
    ids.map((id) => ({ depth: 1, mark, words: say`${id}` }));
  const dangers: Danger[] = [
    ...(lost.length > 0
      ? [{ kind: "privilegesLost", words: say`${role} loses ${privileges(lost)}` } as const]
      : []),
    ...(gained.length > 0
      ? [{ kind: "privilegesGained", words: say`${role} gains ${privileges(gained)}` } as const]
      : []),
    ...(isRenamed
      ? [{ kind: "roleRenamed", words: say`role ${former} becomes ${name}` } as const]
      : []),
  ];
  return {
    lines: [
      {
        ...{ depth: 0, mark: "~" },
        words: isRenamed ? say`${role}, until now ${former}` : say`${role}: ${change}`,
      },
      ...list("+", gained),
      ...list("-", lost),
    ],
    sentences: [
      ...(isRenamed ? [say`role ${former} is renamed to ${name}`] : []),
      ...(gained.length + lost.length > 0 ? [say`${role}: ${change}`] : []),
    ],
    dangers,
  };
}

/** `17 privileges more, 50 fewer`. */
export function privilegeWords(gained: readonly string[], lost: readonly string[]): Words {
  if (lost.length === 0) return say`${counted(gained.length, "privilege")} more`;
  if (gained.length === 0) return say`${counted(lost.length, "privilege")} fewer`;
  return say`${counted(gained.length, "privilege")} more, ${lost.length} fewer`;
}

/** The privileges of a role, without those that vCenter adds to every role by itself. */
export function privilegesOf(properties: Bag): Set<string> {
  return new Set(textsOf(properties["rolePrivileges"]).filter((id) => !id.startsWith("System.")));
}

function privileges(ids: readonly string[]): Words {
  return say`${counted(ids.length, "privilege")} (${ids})`;
}
