import { z } from "zod";
import { text } from "./text";

/** The vCenter account that goes into the cluster configuration. Its password is a key of its own. */
export const clusterAccountSchema = z
  .strictObject({
    username: text.optional().meta({
      description:
        "The user Deckhouse logs in to vCenter as, with its domain: `user@domain`. Its password is the " +
        "secret `clusterAccountPassword`.",
      examples: ["deckhouse@vsphere.local"],
      computedDefault: "the only user among `role.principals`",
    }),
  })
  .prefault({})
  .meta({
    description:
      "The vCenter account that Deckhouse uses in the cluster, as opposed to the one this program runs with.",
    examples: [{ username: "deckhouse@vsphere.local" }],
  });
