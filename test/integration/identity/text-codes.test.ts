import { describe, expect, it } from '@jest/globals';
import { useIdentity } from '../../support/identity.ts';
import { callerLoggedIn } from '../../support/logged-in.ts';

const MINUTE = 60_000;

describe('sending codes by text message', () => {
  const identity = useIdentity();

  const loggedIn = () => callerLoggedIn(identity());
  const texted = (to: string) => identity().inbox.texts.filter((text) => text.to === to);

  it.each(['+886912345678', '0912345678', '0912-345-678'])('reads %s, and answers in E.164', async (mobilePhone) => {
    const { name, callerId } = await loggedIn();
    identity().clock.advance(MINUTE);
    const before = texted('+886912345678').length;
    expect(await identity().applyCode(name, { callerId, mobilePhone })).toEqual({
      ok: true,
      data: { mobilePhone: '+886912345678' },
    });
    expect(texted('+886912345678')).toHaveLength(before + 1);
    expect(texted('+886912345678').at(-1)?.text).toMatch(/\d{6}/);
  });

  it.each(['12345', '+886212345678', 'abc', '+1'])('refuses %s, which is no mobile number', async (mobilePhone) => {
    const { name, callerId } = await loggedIn();
    expect(await identity().applyCode(name, { callerId, mobilePhone })).toEqual({ ok: false, code: 'PHONE_INVALID' });
  });

  it('costs nobody money without a session of that user', async () => {
    const { name } = await loggedIn();
    const other = await loggedIn();
    const mobilePhone = '0922333444';
    expect(await identity().applyCode(name, { mobilePhone })).toEqual({ ok: false, code: 'TOKEN_EXPIRED' });
    const stolen = { callerId: other.callerId, mobilePhone };
    expect(await identity().applyCode(name, stolen)).toEqual({ ok: false, code: 'TOKEN_EXPIRED' });
    expect(texted('+886922333444')).toHaveLength(0);
  });

  it('pauses for the number, whoever asks', async () => {
    const one = await loggedIn();
    const two = await loggedIn();
    const mobilePhone = '0933444555';
    expect(await identity().applyCode(one.name, { callerId: one.callerId, mobilePhone })).toMatchObject({ ok: true });
    const again = { callerId: two.callerId, mobilePhone };
    expect(await identity().applyCode(two.name, again)).toMatchObject({ ok: false, code: 'RATE_LIMITED' });
  });

  it('is a code that activates nothing', async () => {
    const { name, callerId } = await loggedIn();
    await identity().applyCode(name, { callerId, mobilePhone: '0944555666' });
    const code = /\d{6}/.exec(texted('+886944555666').at(-1)?.text ?? '')?.[0] ?? '';
    expect(await identity().verifyAs(name, code)).toEqual({ ok: false, code: 'EMAIL_CODE_WRONG' });
  });

  it('says that the message could not be sent, and lets the user try again at once', async () => {
    const { name, callerId } = await loggedIn();
    const request = { callerId, mobilePhone: '0955666777' };
    identity().inbox.refusing = true;
    expect(await identity().applyCode(name, request)).toEqual({ ok: false, code: 'SMS_NOT_SENT' });
    identity().inbox.refusing = false;
    expect(await identity().applyCode(name, request)).toMatchObject({ ok: true });
  });
});
