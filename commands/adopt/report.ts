import { wrapped } from "../wrapped";
import { hasWork, type AdoptionPlan, type PlannedThing } from "./plan";

/** For whom a plan is shown. */
export interface Audience {
  readonly stack: string;
  /** The address of the vCenter. */
  readonly server: string;
}

/** What is said of things with one status and one action, in the order of the report. */
const headings: readonly {
  readonly is: (thing: PlannedThing) => boolean;
  readonly text: string;
}[] = [
  { is: ({ obstacle }) => obstacle !== undefined, text: "cannot be adopted in this way:" },
  {
    is: ({ status }) => status === "interrupted",
    text: "made by an interrupted run of this stack, and to be taken into its state:",
  },
  {
    is: ({ action }) => action === "use",
    text: "there already, and to be used as they are (existing: true):",
  },
  {
    is: ({ action }) => action === "take",
    text: "there already, and to be taken into the state as if this stack had made them:",
  },
  { is: ({ status }) => status === "used", text: "used already (existing: true):" },
  { is: ({ status }) => status === "in the state", text: "in the state already:" },
  { is: () => true, text: "not there; `pulumi up` makes them:" },
];

/** Writes a plan for people: what differs line by line, and all that is equal together. */
export function planText(plan: AdoptionPlan, { stack, server }: Audience): string {
  const groups = new Map(headings.map(({ text }): [string, PlannedThing[]] => [text, []]));
  for (const thing of plan.things) {
    const heading = headings.find(({ is }) => is(thing));
    if (heading !== undefined) groups.get(heading.text)?.push(thing);
  }
  const lines = [...groups].flatMap(([heading, things]) =>
    things.length === 0 ? [] : [`${things.length} ${heading}`, ...groupLines(things, plan.way), ""],
  );
  const forgotten = plan.forgotten.map(({ name }) => name);
  return [
    ...wrapped(`What stack ${stack} names, in vCenter ${server}:`),
    "",
    ...lines,
    ...(forgotten.length === 0
      ? []
      : [
          ...wrapped(
            `${forgotten.length} that an interrupted run was making, which vCenter does not have or the next run finds; the state forgets them:`,
          ),
          ...wrapped(forgotten.join(", "), "  "),
          ...(mayHaveUsed(plan)
            ? wrapped(
                "What that run attached or granted with what exists (existing: true) counts as there before this stack: the " +
                  "next preview names it, and it stays after pulumi destroy.",
              )
            : []),
          "",
        ]),
    ...(plan.isRecordLacking
      ? [
          ...wrapped(
            "The stack's record of its own does not name all that its state has; it is completed.",
          ),
          "",
        ]
      : []),
    ...(hasWork(plan)
      ? [
          "Nothing is changed in vCenter by this. The next `pulumi preview` shows what is left to do.",
          "",
        ]
      : ["Nothing is left to adopt.", ""]),
  ].join("\n");
}

/** The same for programs. */
export function planJson(plan: AdoptionPlan, { stack, server }: Audience): object {
  return {
    ...{ stack, server, way: plan.way, isWorkLeft: hasWork(plan) },
    things: plan.things.map(({ named, status, action, differences, obstacle }) => ({
      ...{ subject: named.subject, name: named.name, where: placeText(named.place) },
      ...{ status, action, obstacle },
      differences: differences.map((difference) => ({
        what: difference.what,
        then: action === "take" ? difference.ifTaken : difference.ifUsed,
      })),
    })),
    forgotten: plan.forgotten.map(({ urn }) => urn),
  };
}

/** `regions[0].zones[1]` */
export function placeText(place: readonly (string | number)[]): string {
  return place
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${step}`,
    )
    .join("");
}

/** Whether an interrupted run was attaching tags or granting roles, of which the stack uses some. */
function mayHaveUsed({ things, forgotten }: AdoptionPlan): boolean {
  return (
    things.some(({ named }) => named.isUsed) &&
    forgotten.some(({ type }) => /:(TagAttachments|Permission)$/.test(type))
  );
}

function groupLines(things: readonly PlannedThing[], way: AdoptionPlan["way"]): string[] {
  const isTold = ({ differences, obstacle }: PlannedThing): boolean =>
    differences.length > 0 || obstacle !== undefined;
  const equal = new Map<string, string[]>();
  for (const { named } of things.filter((thing) => !isTold(thing))) {
    equal.set(named.subject, [...(equal.get(named.subject) ?? []), named.name]);
  }
  return [
    ...[...equal].flatMap(([subject, names]) =>
      wrapped(
        `${subject}${names.length > 1 ? ` (${names.length})` : ""}: ${names.join(", ")}`,
        "  ",
      ),
    ),
    ...things
      .filter(isTold)
      .flatMap(({ named, differences, obstacle }) => [
        ...wrapped(`${named.subject}: ${named.name}`, "  "),
        ...(obstacle === undefined ? [] : wrapped(obstacle, "    ")),
        ...differences.flatMap(({ what, ifTaken, ifUsed }) =>
          wrapped(`${what} -> ${way === "take" ? ifTaken : ifUsed}`, "    - "),
        ),
      ]),
  ];
}
