// The token that is right now: a page that was kept for long still holds the one of an earlier sign-in.
export function token(within: ParentNode = document): string {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie?.[1] ?? within.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}
