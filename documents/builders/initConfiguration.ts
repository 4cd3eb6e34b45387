import { compact } from "../../configuration/compact";
import type { DocumentInputs } from "../inputs";
import { secretPlaceholder, valuePlaceholder } from "../placeholders";
import type { InitConfigurationDocument } from "../types";

/**
 * Builds the document about where Deckhouse comes from, with placeholders for what is not known: there is no address
 * and there are no credentials that would be right for an edition by themselves.
 *
 * @param inputs the Deckhouse to install and the secrets
 */
export function initConfiguration({
  deckhouse,
  secrets,
}: Pick<DocumentInputs, "deckhouse" | "secrets">): InitConfigurationDocument {
  return compact({
    apiVersion: "deckhouse.io/v1",
    kind: "InitConfiguration",
    deckhouse: {
      imagesRepo: deckhouse.imagesRepo ?? valuePlaceholder("deckhouse.imagesRepo"),
      registryDockerCfg: secrets.registryDockerCfg ?? secretPlaceholder("registryDockerCfg"),
      registryScheme: deckhouse.registryScheme,
      registryCA: deckhouse.registryCA,
    },
  } as const);
}
