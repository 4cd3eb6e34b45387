import { finding } from "../../../findings/finding";
import { groupOf, otherPlaceOf, ownDocuments } from "../../ownDocuments";
import { clusterConfigurationsOf, repetitionsOf, valuesOf, type Rule } from "../../places";
import type { ClusterConfigurationPlace, ValuePlace } from "../../places";
import type { WrittenConfiguration } from "../../schema";

type ExtraDocument = NonNullable<ClusterConfigurationPlace["cluster"]["extraDocuments"]>[number];

interface DocumentsPlace extends ClusterConfigurationPlace {
  readonly documents: readonly ValuePlace<ExtraDocument>[];
}

function documentsOf(configuration: WrittenConfiguration): DocumentsPlace[] {
  return clusterConfigurationsOf(configuration).map((place) => ({
    ...place,
    documents: valuesOf(place.pathOf("extraDocuments"), place.cluster.extraDocuments),
  }));
}

/**
 * A document is a resource of Kubernetes that this program does not make out of keys: of settings and configurations there
 * is one of each in a cluster.
 */
const extraDocumentsAreResources: Rule = function* (configuration) {
  for (const { path, value } of documentsOf(configuration).flatMap(({ documents }) => documents)) {
    const { apiVersion, kind } = value;
    const remedy = otherPlaceOf(apiVersion, kind);
    if (remedy === undefined) continue;
    yield finding(
      `${path}.kind`,
      kind,
      "such a document is made of other keys, and would stand beside the program's own, or replace it",
      remedy,
    );
  }
};

/** No document has the name of one that this program writes for the same cluster. */
const extraDocumentsAreNotOurs: Rule = function* (configuration) {
  for (const { documents, cluster, region, pathOf } of documentsOf(configuration)) {
    const own = ownDocuments(region.name, cluster);
    for (const { path, value } of documents) {
      const { apiVersion, kind, metadata } = value;
      const same = own.find(
        ({ group, kinds, isName }) =>
          group === groupOf(apiVersion) && kinds.includes(kind) && isName(metadata.name),
      );
      if (same === undefined) continue;
      yield finding(
        `${path}.metadata.name`,
        metadata.name,
        `this program writes the ${kind} of that name, and the one that is applied later would replace the other`,
        `describe it in ${pathOf(same.key)}, or choose another name`,
      );
    }
  }
};

/** No two documents are the same object. */
const extraDocumentsDiffer: Rule = function* (configuration) {
  for (const { documents } of documentsOf(configuration)) {
    const identity = ({ apiVersion, kind, metadata }: ExtraDocument): string =>
      JSON.stringify([groupOf(apiVersion), kind, metadata.namespace ?? "", metadata.name]);
    for (const { first, repeated } of repetitionsOf(documents, identity)) {
      yield finding(
        `${repeated.path}.metadata.name`,
        repeated.value.metadata.name,
        `${first.path} is the same ${repeated.value.kind}, and the later of the two would replace it`,
        "write it once, or choose another name",
      );
    }
  }
};

/** No Secret of Kubernetes has values in it: the configuration is stored in the state in the clear. */
const extraSecretsAreEmpty: Rule = function* (configuration) {
  for (const { path, value } of documentsOf(configuration).flatMap(({ documents }) => documents)) {
    if (value.apiVersion !== "v1" || value.kind !== "Secret") continue;
    for (const key of ["data", "stringData"].filter((each) => Object.hasOwn(value, each))) {
      yield {
        severity: "error",
        where: `${path}.${key}`,
        found: "<hidden>",
        wrong: "values of a Secret would stand in the state in the clear",
        remedy:
          "remove the document, and apply it apart with `kubectl apply`; change the values if the file was shared",
      };
    }
  }
};

/** What has to hold for documents that this program has no key for. */
export const extraDocumentRules: readonly Rule[] = [
  extraDocumentsAreResources,
  extraDocumentsAreNotOurs,
  extraDocumentsDiffer,
  extraSecretsAreEmpty,
];
