/** What a tag's form may look like: a name that git allows. That `{version}` is in it is asked apart. */
export const tagPattern = /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/;

/** A type of commit, in small letters. */
export const typeName = /^[a-z]\w*$/;

/** The name in a pre-release: not only digits, which would be a number there. */
export const channelName = /^[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*$/;
