import { globalRules } from "../../../configuration/rules/cluster/global";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const inside = (template: string, domain = "cluster.local", others = {}): RuleCase => [
  { publicDomainTemplate: template, ...others },
  `@.publicDomainTemplate: found "${template}": it is in the cluster's own domain, ${domain}, which nobody outside ` +
    "resolves, and Deckhouse would refuse it: write a domain that your name servers have, for example %s.k8s.example.com",
];

const firstUser = { email: "admin@example.com" };

describeClusterRules("what all modules of Deckhouse are told", globalRules, {
  publicDomainIsOutside: {
    "the cluster's own domain": inside("%s.cluster.local"),
    "a domain in the cluster's own": inside("%s.apps.cluster.local"),
    "the cluster's own domain under another name": inside("web-%s.k8s.internal", "k8s.internal", {
      clusterDomain: "k8s.internal",
    }),
    "a domain that only ends alike is accepted": [{ publicDomainTemplate: "%s.mycluster.local" }],
    "a domain of one's own is accepted": [{ publicDomainTemplate: "%s-k8s.example.com" }],
  },
  certificatesComeOneWay: {
    "an issuer for a certificate of one's own": [
      {
        https: {
          mode: "CustomCertificate",
          clusterIssuerName: "selfsigned",
          customCertificate: "tls",
        },
      },
      '@.https.clusterIssuerName: found "selfsigned": with the mode CustomCertificate cert-manager issues nothing, and this ' +
        "would have no effect: remove it, or set the mode CertManager",
    ],
    "a Secret for cert-manager": [
      { https: { customCertificate: "tls" } },
      '@.https.customCertificate: found "tls": with the mode CertManager nobody reads this Secret, and it would ' +
        "have no effect: remove it, or set the mode CustomCertificate",
    ],
    "a certificate of one's own without its Secret": [
      { https: { mode: "CustomCertificate" } },
      "@.https.customCertificate: found nothing: the mode CustomCertificate needs it, and the modules would have " +
        "no certificate: write the name of a Secret of the type kubernetes.io/tls in the namespace d8-system",
    ],
    "an issuer is accepted": [{ https: { clusterIssuerName: "selfsigned" } }],
    "a Secret is accepted": [{ https: { mode: "CustomCertificate", customCertificate: "tls" } }],
    "HTTPS of a load balancer is accepted": [{ https: { mode: "OnlyInURI" } }],
  },
  firstUserCanLogIn: {
    "a user without a web interface": [
      { firstUser },
      "@.publicDomainTemplate: found nothing: without it there is no web interface, and the first user could not log in " +
        "anywhere: write the domain of the web interfaces, for example %s.k8s.example.com, or remove firstUser",
    ],
    "a user without HTTPS": [
      { firstUser, publicDomainTemplate: "%s.example.com", https: { mode: "Disabled" } },
      '@.https.mode: found "Disabled": without HTTPS Deckhouse lets nobody log in, and the first user could not either: ' +
        "choose another mode, or remove firstUser",
    ],
    "a user with a web interface is accepted": [
      { firstUser, publicDomainTemplate: "%s.example.com", https: { mode: "OnlyInURI" } },
    ],
    "a web interface without HTTPS is accepted where there is no user": [
      { publicDomainTemplate: "%s.example.com", https: { mode: "Disabled" } },
    ],
  },
});
