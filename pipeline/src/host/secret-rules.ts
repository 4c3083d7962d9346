/**
 * Rules beside the scanner's own 465: what this pipeline is given itself and the scanner does not
 * know. The form is the scanner's.
 */
export const secretRules = `
[extend]
useDefault = true

[[rules]]
id = "discord-webhook-url"
description = "A Discord webhook, with which anybody can write into the channel."
regex = '''https://(?:ptb\\.|canary\\.)?discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/\\d{17,20}/[\\w-]{60,80}'''
keywords = ["webhooks"]
confidence = "high"
`.trimStart();
