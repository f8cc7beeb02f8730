import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import express from 'express';
import serverless from 'serverless-http';
import { createDocumentClient } from '../../../shared/platform/aws-clients.ts';

const client = createDocumentClient();
const table = process.env.USERS_TABLE ?? '';
const app = express();

app.get('/v1/user', async (_request, response) => {
  const Keys = [{ pk: 'USER#bench', sk: 'USER' }];
  const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }));
  response.json(Responses);
});

/** The bare handler's read behind Express, as it is usually put on Lambda. */
export const handler = serverless(app);
