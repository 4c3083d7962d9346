/**
 * What workflows take from others: each action at a full commit, with its version beside it for
 * people, and the one version of the dagger command.
 */
export const actions = {
  checkout: {
    uses: "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd",
    version: "v6.0.2",
  },
  dagger: {
    uses: "dagger/dagger-for-github@27b130bf0f79a7f6fbbbe0fbca6760dc9bb40a77",
    version: "v8.4.1",
  },
  download: {
    uses: "actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131",
    version: "v7.0.0",
  },
  upload: {
    uses: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    version: "v7.0.0",
  },
} as const;

export const daggerVersion = "0.21.8";
export const runner = "ubuntu-24.04";
export const stageAction = "$/.github/actions/stage";
