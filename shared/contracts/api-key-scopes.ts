/** What an API key may be for (API 10.2): looking, trading, paying. */
export const API_KEY_SCOPES = ['read', 'trade', 'pay'] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];
