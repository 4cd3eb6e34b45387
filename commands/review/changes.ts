import { formerNamesIn, taggingOf, topologyOf } from "./attachments";
import { documentChanges } from "./documents";
import { driftOf } from "./drift";
import type { PreviewEvents, Step } from "./events";
import type { Part } from "../../findings/change";
import type { EngineStep, Review } from "./model";
import { joined } from "../../findings/change";
import { stepsOfPermissions } from "./permissions";
import { roleChanges } from "./roles";
import { saidIn } from "./said";
import { categoryChanges, tagChanges } from "./tags";
import { templateChanges } from "./templates";
import { topologyChanges } from "../../components/regionZoneTagging/changes/topology";
import { say } from "../../findings/words";

/** How a preview ended. */
export interface Outcome {
  readonly stack: string;
  readonly succeeded: boolean;
  /** What the engine printed. */
  readonly output: string;
}

/** Reads a preview as a plan in the words of the domain. */
export function reviewOf(events: PreviewEvents, { stack, succeeded, output }: Outcome): Review {
  const { steps, outputs, isFirst } = events;
  // What failed has no outputs yet: the regions are those that were there.
  const before = topologyOf(outputs.before);
  const wanted = topologyOf(outputs.after);
  const after = succeeded ? wanted : before;
  const former = formerNamesIn(events);
  const { picture, ...topology } = topologyChanges({
    ...{ before, after, isFirst },
    ...{ tagging: taggingOf(events), former },
    ofTag: (name, depth) => tagChanges(name, steps, { depth, isRenamed: former.has(name) }),
    ofCategories: categoryChanges(steps),
  });
  const drift = driftOf(events);
  const intent = joined([
    topology,
    roleChanges(steps),
    stepsOfPermissions(steps),
    templateChanges(events),
    joined(steps.filter(isUnknown).map(otherChange)),
  ]);
  return {
    ...{ stack, succeeded, isFirst, picture },
    intent,
    drift: drift.sentences,
    documents: succeeded ? documentChanges(formerDocuments(events), events.documents.after) : [],
    said: saidIn(events.diagnostics, drift.said, intent),
    steps: steps.map(engineStep),
    ...(!succeeded && { output }),
  };
}

/** A state of version 0.1.0 has the documents among the outputs of the stack. */
function formerDocuments({ documents, outputs }: PreviewEvents): unknown {
  return documents.before ?? outputs.before["documentsForRepository"];
}

/** What the files beside this one tell of, and what changes nothing in vCenter. */
const known = [
  "vsphere:index/tag:Tag",
  "vsphere:index/tagCategory:TagCategory",
  "vsphere:index/role:Role",
  "command:local:Command",
];
const ownTypes = /:(TagAttachments|Permission|RoleGuard|VCenter|TemplateLookup|CategoryLookup)$/;

function isUnknown({ type }: Step): boolean {
  const isComponent = type.startsWith("deckhouse-vsphere:");
  return !known.includes(type) && !ownTypes.test(type) && !isComponent;
}

function otherChange(step: Step): Part {
  const { operation, name } = step;
  const { type } = engineStep(step);
  const mark = operation === "create" ? "+" : operation === "delete" ? "-" : "~";
  const words = say`${type} ${name}: ${[{ text: operation }]}`;
  return {
    lines: [{ depth: 0, mark, words }],
    sentences: [words],
    dangers:
      operation === "delete"
        ? [{ kind: "deletion", words }]
        : operation === "replace"
          ? [{ kind: "replacement", words }]
          : [],
  };
}

function engineStep({ operation, type, name }: Step): EngineStep {
  return { operation, type: type.split(":").at(-1) ?? type, name };
}
