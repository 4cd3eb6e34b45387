import { requestVariable, templatePath, type TemplateRequest } from "../../template/request";
import { recordOf, textOf, type Bag, type PreviewEvents, type Step } from "./events";
import { otherTemplate } from "../../components/templateImage/otherTemplate";
import type { Part } from "../../findings/change";
import { joined, nothing } from "../../findings/change";
import { counted, say } from "../../findings/words";

/** What changes of the templates that nodes are cloned from: what is made, and what the documents name. */
export function templateChanges({ steps, outputs, isFirst }: PreviewEvents): Part {
  return joined([
    ...steps.filter(({ type }) => type === "command:local:Command").map(makingChange),
    ...namedTemplates(outputs.before, outputs.after, isFirst),
  ]);
}

function makingChange({ operation, recorded, wanted }: Step): Part {
  const request = requestOf(wanted);
  if (operation === "delete" || request === undefined) return removal(recorded);
  // An update runs the command again; it has nothing to do where the template exists.
  if (operation === "update") return nothing;
  const { place, name, timeouts, copyFrom } = request;
  const path = templatePath(place, name);
  const { fetch, init, build, copy } = timeouts;
  const seconds = copyFrom === undefined ? fetch + init + build : copy;
  const minutes = counted(Math.ceil(seconds / 60), "minute");
  const words =
    copyFrom === undefined
      ? say`template ${path} is built with Packer, which may take up to ${minutes}`
      : say`template ${path} is copied from ${copyFrom}, which may take up to ${minutes}`;
  return {
    lines: [{ depth: 0, mark: "+", words: say`template ${path}` }],
    sentences: [words],
    dangers: [{ kind: "templateBuild", words }],
  };
}

/** A template that the stack gives up stays in vCenter unless its Command has something to do for a deletion. */
function removal(recorded: Step["recorded"]): Part {
  const request = requestOf(recorded);
  if (request === undefined) return nothing;
  const path = templatePath(request.place, request.name);
  const isRemoved = textOf(recorded?.inputs["delete"]) !== "";
  const words = isRemoved
    ? say`template ${path} is removed from vCenter`
    : say`template ${path} is no longer managed, and stays in vCenter`;
  return {
    lines: [{ depth: 0, mark: "-", words }],
    sentences: [words],
    dangers: isRemoved ? [{ kind: "templateRemoved", words }] : [],
  };
}

function requestOf(state: Step["recorded"]): TemplateRequest | undefined {
  const text = textOf(recordOf(state?.inputs["environment"])[requestVariable]);
  try {
    return JSON.parse(text) as TemplateRequest;
  } catch {
    return undefined;
  }
}

function namedTemplates(before: Bag, after: Bag, isFirst: boolean): Part[] {
  const [was, is] = [recordOf(before["templates"]), recordOf(after["templates"])];
  if (isFirst) return [];
  return Object.keys(is).flatMap((region): Part[] => {
    const [former, template] = [textOf(was[region]), textOf(is[region])];
    if (former === template || former === "") return [];
    return [otherTemplate(region, former, template)];
  });
}
