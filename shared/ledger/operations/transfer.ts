import { text } from '../../contracts/codes/text.ts';
import { createSending, type SendOrder } from '../transfer/send.ts';
import {
  invalid,
  missing,
  onlyWallet,
  type Operation,
  type OperationPlatform,
  type Order,
  read,
  type Read,
  readAmount,
  required,
} from './order.ts';

const NOTHING_TO_CONVERT = text(
  'TRANSFER 不換幣，請改用 amount',
  'TRANSFER 不换币，请改用 amount',
  'a TRANSFER converts nothing; send amount in its place',
);

/** Reads what is to be sent, to whom, and by which code. */
const readSending = ({ body, setting: { locale } }: Order): Read<SendOrder> => {
  const wallet = onlyWallet(body, locale);
  if (!wallet.ok) return wallet;
  const asset = required(wallet.value.asset, 'fromWallet.0.asset', locale);
  if (!asset.ok) return asset;
  if (wallet.value.amountInToAsset !== undefined) {
    return invalid('fromWallet.0.amountInToAsset', NOTHING_TO_CONVERT, locale);
  }
  const amount = readAmount(asset.value, wallet.value.amount, 'fromWallet.0.amount', locale);
  if (!amount.ok) return amount;
  const { receiver, receiverEmail, twoFAcode } = body;
  if (amount.value === undefined) return missing('fromWallet.0.amount', locale);
  if (receiver === undefined) return missing('receiver', locale);
  if (receiverEmail === undefined) return missing('receiverEmail', locale);
  if (twoFAcode === undefined) return missing('twoFAcode', locale);
  return read({ asset: asset.value, amount: amount.value, receiver, receiverEmail, twoFAcode });
};

/** Sends money to another user, who gets it once its sender has confirmed twice (API 8.1, TRANSFER). */
export const createTransfer = (platform: OperationPlatform): Operation => {
  const send = createSending(platform);
  return async (order) => {
    const sending = readSending(order);
    if (!sending.ok) return sending;
    return send(order.caller, sending.value, order.setting, order.record);
  };
};
