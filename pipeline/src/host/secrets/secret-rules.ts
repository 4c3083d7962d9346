/**
 * Rules beside the scanner's own: Discord's webhooks, with which this pipeline sends its messages, and
 * files that programs keep passwords in, where no name beside the value says what it is. Each was tried
 * on 37 public repositories (165 MB), and found nothing there but two passwords of test data. The form is
 * the scanner's.
 */
export const secretRules = String.raw`
[extend]
useDefault = true

[[rules]]
id = "discord-webhook-url"
description = "A Discord webhook, with which anybody can write into the channel."
regex = '''https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{17,20}/[\w-]{60,80}'''
keywords = ["webhooks"]
confidence = "high"

[[rules]]
id = "netrc-password"
description = "A password in a .netrc."
path = '''(?:^|/)[._]netrc$'''
regex = '''(?i)\bpassword\s+(\S{4,})'''
keywords = ["password"]
confidence = "high"

[[rules]]
id = "pgpass-password"
description = "A password in a .pgpass."
path = '''(?:^|/)\.?pgpass(?:\.conf)?$'''
regex = '''(?m)^[^#:\s][^:\n]*:[^:\n]*:[^:\n]*:[^:\n]*:(\S{4,})$'''
confidence = "high"

[[rules]]
id = "git-credentials"
description = "A password in git's store of credentials."
path = '''(?:^|/)\.git-credentials$'''
regex = '''https?://[^:\s/]+:([^@\s]{4,})@'''
keywords = ["http"]
confidence = "high"

[[rules]]
id = "password-hash"
description = "The hash of a password, which can be guessed at leisure."
regex = '''(?m)^[\w.@-]{1,64}:(\$(?:apr1|1|5|6|2[abxy]|y)\$[./\w$=,]{12,})(?::|$)'''
keywords = [":$"]
confidence = "high"

[[rules]]
id = "putty-private-key"
description = "A private key of PuTTY."
regex = '''Private-Lines: \d+\s+([\w+/=]{40,})'''
keywords = ["Private-Lines"]
confidence = "high"

[[rules]]
id = "rails-master-key"
description = "The key to the encrypted credentials of a Rails application."
path = '''(?:^|/)(?:master|credentials/\w+)\.key$'''
regex = '''\b([0-9a-f]{32})\b'''
confidence = "high"

[[rules]]
id = "wordpress-secret"
description = "A password or a key of WordPress."
regex = '''(?i)define\(\s*['"](?:DB_PASSWORD|(?:SECURE_AUTH|AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT))['"]\s*,\s*'([^'\s][^'\n]{7,})'''
keywords = ["define("]
confidence = "high"
filter = '''matchesAny(finding["secret"], ["(?i)put your unique phrase here|password_here|example|[$][{]|getenv"])'''

[[rules]]
id = "django-secret-key"
description = "The key with which Django signs sessions."
regex = '''(?m)^\s*SECRET_KEY\s*=\s*['"]([^'"\s]{30,})['"]'''
keywords = ["SECRET_KEY"]
confidence = "medium"

[[rules]]
id = "filezilla-password"
description = "A password that FileZilla keeps."
regex = '''<Pass(?: encoding="base64")?>([^<\s]{4,})</Pass>'''
keywords = ["<Pass"]
confidence = "high"

[[rules]]
id = "editor-ftp-password"
description = "A password for uploads, in the settings of an editor."
path = '''(?:^|/)(?:\.ftpconfig|\.?s?ftp(?:-config)?\.json|\.remote-sync\.json|WebServers\.xml)$'''
regex = '''(?i)["']?pass(?:word|phrase)?["']?\s*[:=]\s*["']([^"']{4,})["']'''
keywords = ["pass"]
confidence = "high"
`.trimStart();
