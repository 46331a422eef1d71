import type { ConfigFileOptions } from "@odata2ts/odata2ts";

// Generated from the running product, with the key as a Basic password as Excel sends it.
const config: ConfigFileOptions = {
  emitMode: "ts" as ConfigFileOptions["emitMode"],
  sourceUrlConfig: { username: "odata2ts", password: process.env.INFLUENCERCRM_KEY ?? "" },
  services: {
    crm: {
      sourceUrl: process.env.INFLUENCERCRM_URL + "/odata",
      refreshFile: true,
      source: "generated/metadata.xml",
      output: "generated/crm",
      // This generator does not read Core.Computed; without the names it asks for these in every new row.
      propertiesByName: ["version", "createdAt", "updatedAt", "archivedAt", "emailStatus", "relationshipStage", "addedAt"].map((name) => ({ name, managed: true })),
    },
  },
};

export default config;
