import type { EndpointSpec } from './endpoint.ts';
import { endSessions, loginLog, loginStatus, sessions, user } from './endpoints/account.ts';
import { applyVerificationCode, captchaImage, login, logout, register, verify } from './endpoints/auth.ts';
import { allTickers } from './endpoints/landing.ts';
import { health, openapi, time } from './endpoints/service.ts';

/** Every endpoint of the public API, in the order of the specification. */
export const ENDPOINTS = [
  captchaImage,
  register,
  login,
  applyVerificationCode,
  verify,
  logout,
  loginStatus,
  user,
  loginLog,
  allTickers,
  time,
  health,
  openapi,
  sessions,
  endSessions,
] as const satisfies readonly EndpointSpec[];

/** The one function that answers unknown routes, wrong methods and CORS preflights. */
export const FALLBACK_FUNCTION = { id: 'gateway.fallback' } as const;

/** The domain of an endpoint or function id: its folder and its stack. */
export const domainOf = (id: string): string => id.slice(0, id.indexOf('.'));
