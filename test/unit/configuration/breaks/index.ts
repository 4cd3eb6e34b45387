import type { Break } from "./break";
import { clusterBreaks } from "./clusters";
import { ingressBreaks } from "./ingress";
import { inventoryBreaks } from "./inventory";
import { roleBreaks } from "./roles";
import { templateBreaks } from "./templates";

export type { Break } from "./break";

/** One fault at least for each rule that any configuration can be made to break alone, by what is wrong. */
export const breaks: Readonly<Record<string, Break>> = {
  ...inventoryBreaks,
  ...roleBreaks,
  ...clusterBreaks,
  ...ingressBreaks,
  ...templateBreaks,
};

/** The rules that nothing breaks alone, and why. */
export const neverBrokenAlone: Readonly<Record<string, string>> = {
  zoneObjectNamesAreDistinct:
    "names that only differ in what Deckhouse drops have such characters, which tagNamesFitKubernetes refuses",
};
