import { changeTexts, nothing, type Danger, type Line, type Part } from "../../../findings/change";
import { counted, say, type Words } from "../../../findings/words";

/** A role, for what changes of it. */
export interface RoleState {
  readonly name: string;
  /** Without those that vCenter adds to every role by itself. */
  readonly privileges: ReadonlySet<string>;
}

/**
 * What changes of a role, whatever order its privileges are in.
 *
 * @param was as the last `up` made it; undefined before
 * @param is as it is wanted; undefined when it goes
 */
export function roleChange(was: RoleState | undefined, is: RoleState | undefined): Part {
  const name = is?.name ?? was?.name ?? "";
  const before = was?.privileges ?? new Set<string>();
  const after = is?.privileges ?? new Set<string>();
  const role = say`role ${name}`;
  if (is === undefined) {
    const words = say`${role} is deleted`;
    return {
      lines: [{ depth: 0, mark: "-", words: role }],
      sentences: [words],
      dangers: [{ kind: "roleDeleted", words }],
    };
  }
  if (was === undefined) {
    const words = say`${role} with ${counted(after.size, "privilege")}`;
    return {
      lines: [{ depth: 0, mark: "+", words }],
      sentences: [say`${words} is made`],
      dangers: [],
    };
  }
  const gained = [...after].filter((id) => !before.has(id)).sort();
  const lost = [...before].filter((id) => !after.has(id)).sort();
  const former = was.name;
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

/** The same for a preview, which names the privileges, and has a warning when some are lost. */
export function roleTexts(was: RoleState | undefined, is: RoleState): string[] {
  const part = roleChange(was, is);
  if (was === undefined) return changeTexts(part);
  const [gained, lost] = [without(is, was), without(was, is)];
  const names = [
    ...(gained.length > 0 ? [say`now ${gained}`] : []),
    ...(lost.length > 0 ? [say`no longer ${lost}`] : []),
  ];
  const [first, second] = names;
  const list = first && (second === undefined ? first : say`${first}; ${second}`);
  // The number of privileges is the last thing that is said.
  const last = part.sentences.length - 1;
  const sentences = part.sentences.map((words, index) =>
    list !== undefined && index === last ? say`${words}: ${list}` : words,
  );
  return changeTexts({ ...part, sentences });
}

function without(one: RoleState, other: RoleState): string[] {
  return [...one.privileges].filter((id) => !other.privileges.has(id)).sort();
}

/** `17 privileges more, 50 fewer`. */
export function privilegeWords(gained: readonly string[], lost: readonly string[]): Words {
  if (lost.length === 0) return say`${counted(gained.length, "privilege")} more`;
  if (gained.length === 0) return say`${counted(lost.length, "privilege")} fewer`;
  return say`${counted(gained.length, "privilege")} more, ${lost.length} fewer`;
}

function privileges(ids: readonly string[]): Words {
  return say`${counted(ids.length, "privilege")} (${ids})`;
}
