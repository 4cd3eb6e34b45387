import { finding } from "../../../findings/finding";
import { clusterConfigurationsOf, type Rule } from "../../places";

/**
 * A domain of web interfaces is outside of the cluster's own domain, whose names only the cluster resolves.
 *
 * Source: deckhouse/deckhouse `global-hooks/openapi/config-values.yaml` (`publicDomainTemplate`).
 */
const publicDomainIsOutside: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { publicDomainTemplate, clusterDomain = "cluster.local" } = cluster;
    if (publicDomainTemplate === undefined) continue;
    const domain = publicDomainTemplate.replace(/^[^.]*\./, "");
    if (domain !== clusterDomain && !domain.endsWith(`.${clusterDomain}`)) continue;
    yield finding(
      pathOf("publicDomainTemplate"),
      publicDomainTemplate,
      `it is in the cluster's own domain, ${clusterDomain}, which nobody outside resolves, and Deckhouse would refuse it`,
      "write a domain that your name servers have, for example %s.k8s.example.com",
    );
  }
};

/**
 * Each way to certificates has its own key: one of another way would have no effect.
 *
 * Source: deckhouse/deckhouse `global-hooks/openapi/config-values.yaml` (`https`).
 */
const certificatesComeOneWay: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.https === undefined) continue;
    const path = pathOf("https");
    const { mode = "CertManager", clusterIssuerName, customCertificate } = cluster.https;
    if (clusterIssuerName !== undefined && mode !== "CertManager") {
      yield finding(
        `${path}.clusterIssuerName`,
        clusterIssuerName,
        `with the mode ${mode} cert-manager issues nothing, and this would have no effect`,
        "remove it, or set the mode CertManager",
      );
    }
    if (customCertificate !== undefined && mode !== "CustomCertificate") {
      yield finding(
        `${path}.customCertificate`,
        customCertificate,
        `with the mode ${mode} nobody reads this Secret, and it would have no effect`,
        "remove it, or set the mode CustomCertificate",
      );
    }
    if (customCertificate === undefined && mode === "CustomCertificate") {
      yield finding(
        `${path}.customCertificate`,
        undefined,
        "the mode CustomCertificate needs it, and the modules would have no certificate",
        "write the name of a Secret of the type kubernetes.io/tls in the namespace d8-system",
      );
    }
  }
};

/**
 * The first user has a web interface to log in to, which is reached by HTTPS: without it, Deckhouse does not turn on what
 * people log in by.
 *
 * Source: deckhouse/deckhouse `modules/150-user-authn/docs/CONFIGURATION.md`.
 */
const firstUserCanLogIn: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (cluster.firstUser === undefined || cluster.controlPlane === "elsewhere") continue;
    if (cluster.publicDomainTemplate === undefined) {
      yield finding(
        pathOf("publicDomainTemplate"),
        undefined,
        "without it there is no web interface, and the first user could not log in anywhere",
        "write the domain of the web interfaces, for example %s.k8s.example.com, or remove firstUser",
      );
    }
    if (cluster.https?.mode === "Disabled") {
      yield finding(
        `${pathOf("https")}.mode`,
        cluster.https.mode,
        "without HTTPS Deckhouse lets nobody log in, and the first user could not either",
        "choose another mode, or remove firstUser",
      );
    }
  }
};

/** What has to hold for what all modules of Deckhouse are told. */
export const globalRules: readonly Rule[] = [
  publicDomainIsOutside,
  certificatesComeOneWay,
  firstUserCanLogIn,
];
